-- On which pages do visits begin, by country?
-- Filters: country
select coalesce(country, '(unknown)') as country, page, count(*) as visits
from :views
where nth = 1
group by 1, 2
order by visits desc, 1, 2
limit :rows

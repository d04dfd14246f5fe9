-- At which hours of the site's clock does each country read?
-- Filters: country, page
select coalesce(country, '(unknown)') as country, hour, count(*) as views
from :views
group by 1, 2
order by sum(count(*)) over (partition by coalesce(country, '(unknown)')) desc, 1, 2
limit :rows

-- On which pages do visits begin, by the site that links there?
-- Filters: page
select coalesce(referrer, '(direct)') as referrer, page, count(*) as visits
from :views
where nth = 1
group by 1, 2
order by visits desc, 1, 2
limit :rows

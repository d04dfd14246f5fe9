-- Which sources bring visits, month by month?
-- Filters: page
-- Days: 365
select substr(date, 1, 7) as month, coalesce(source, referrer, '(direct)') as source, count(*) as visits
from :views
where nth = 1
group by 1, 2
order by 1, visits desc, 2
limit :rows

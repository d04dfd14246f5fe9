-- How is one post read in each week since its first view in the range?
-- Days: 365
select week, count(*) as views, sum(case when nth = 1 then 1 else 0 end) as visits
from (
  select nth, cast(floor(date_diff('day', min(try_cast(date as date)) over (), try_cast(date as date)) / 7e0) as integer) + 1 as week
  from :views
  where page = :page
) as weeks
group by week
order by week
limit :rows

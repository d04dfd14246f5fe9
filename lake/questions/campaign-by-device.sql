-- Which campaigns work on which devices?
select campaign, coalesce(device, '(unknown)') as device, count(*) as views,
  sum(case when nth = 1 then 1 else 0 end) as visits
from :views
where campaign is not null
group by 1, 2
order by views desc, 1, 2
limit :rows

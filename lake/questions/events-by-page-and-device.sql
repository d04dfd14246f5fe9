-- Which events happen on which pages and devices?
-- Filters: page, device
select event, page, coalesce(device, '(unknown)') as device, count(*) as events
from :events
group by 1, 2, 3
order by events desc, 1, 2, 3
limit :rows

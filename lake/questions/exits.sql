-- On which pages do readers stop? A page from which no other view of the site came may be the last.
select all_views.page, all_views.views, coalesce(onward.views, 0) as onward,
  round(1e2 * greatest(all_views.views - coalesce(onward.views, 0), 0) / all_views.views, 1) as percent_last
from (select page, count(*) as views from :views group by page) as all_views
left join (
  select before, count(*) as views from :views where before <> page group by before
) as onward on onward.before = all_views.page
order by all_views.views - coalesce(onward.views, 0) desc, all_views.page
limit :rows

-- What do readers open next, from one page?
select page, count(*) as views, round(1e2 * count(*) / sum(count(*)) over (), 1) as percent
from :views
where before = :page and page <> :page
group by page
order by views desc, page
limit :rows

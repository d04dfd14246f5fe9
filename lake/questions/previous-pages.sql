-- From which pages of the site do readers come to one page?
select before, count(*) as views, round(1e2 * count(*) / sum(count(*)) over (), 1) as percent
from :views
where page = :page and before <> :page
group by before
order by views desc, before
limit :rows

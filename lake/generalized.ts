import { other } from '../core/counters/names.ts';
import type { LakeRecord } from '../core/lake/lake-record.ts';
import { sqlText } from '../core/lake/sql-text.ts';

/** A combination of properties that occurs more seldom in a month may point at a person. */
export const leastOften = 5;

/** The properties that together may point at a person. The first are given up first, as owners miss them least. */
export const generalizable = [
  ...['content', 'term', 'os', 'browser', 'language', 'medium', 'campaign', 'source', 'referrer', 'device', 'country'],
] as (keyof LakeRecord)[];

const list = generalizable.join(', ');

/**
 * Returns the statements that make a table `generalized` of a table of records. As long as a combination occurs seldom on
 * its site, it loses one property after the other to `(other)`, and joins those that lost it, too. So each combination
 * that is left occurs often, or has no property.
 */
export const generalizing = (records: string): string[] => [
  `create table combinations as select site, ${list}, ${list.replace(/(\w+)/g, '$1 as old_$1')}, count(*) as n
   from ${records} group by all`,
  ...generalizable.map(
    (property) => `create or replace table combinations as select * replace (
       case when sum(n) over (partition by site, ${list}) < ${leastOften} and ${property} is not null
       then ${sqlText(other)} else ${property} end as ${property}) from combinations`,
  ),
  `create table generalized as
   select records.* replace (${generalizable.map((property) => `combinations.${property} as ${property}`).join(', ')})
   from ${records} as records join combinations on records.site = combinations.site
   ${generalizable.map((property) => `and records.${property} is not distinct from combinations.old_${property}`).join(' ')}`,
];

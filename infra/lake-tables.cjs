const { pathToFileURL } = require('node:url');

const text = { hive: 'string', presto: 'varchar' };
const number = { hive: 'int', presto: 'integer' };

/**
 * Gives infra/lake.yml the tables of Athena: `lines` of the event files, `months` of the compacted ones, and the view `events`
 * of both. Its names are those that functions read, and the columns those of core/lake/lake-record.ts. Athena projects the folders, so no crawler looks for them.
 */
module.exports = async ({ resolveVariable }) => {
  const { tsImport } = await import('tsx/esm/api');
  const record = await tsImport('../core/lake/lake-record.ts', pathToFileURL(__filename).href);
  const { readLakeNames } = await tsImport('../config/function-settings.ts', pathToFileURL(__filename).href);
  const TABLE_PREFIX = await resolveVariable('self:custom.settings.TABLE_PREFIX');
  const { database, workGroup } = readLakeNames({ TABLE_PREFIX });
  const days = await resolveVariable('self:custom.settings.LAKE_DAYS');
  const columns = record.lakeColumns.map((name) => ({
    name,
    ...(record.numberColumns.includes(name) ? number : text),
  }));
  const hive = (list) => list.map(({ name, hive }) => ({ Name: name, Type: hive }));
  const table = (input) => ({
    Type: 'AWS::Glue::Table',
    DependsOn: 'LakeDatabase',
    Properties: { CatalogId: { Ref: 'AWS::AccountId' }, DatabaseName: database, TableInput: input },
  });
  const projected = (Name, { folder, key, projection, ...storage }) =>
    table({
      Name,
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [{ Name: key, Type: 'string' }],
      Parameters: {
        EXTERNAL: 'TRUE',
        'projection.enabled': 'true',
        ...Object.fromEntries(Object.entries(projection).map(([name, value]) => [`projection.${key}.${name}`, value])),
      },
      StorageDescriptor: {
        Columns: hive(columns),
        Location: { 'Fn::Sub': `s3://\${LakeBucket}/${folder}/` },
        ...storage,
      },
    });

  const names = columns.map(({ name }) => name).join(', ');
  const isRecord = 'date is not null and hour between 0 and 23 and site is not null and page is not null';
  const shown = [...columns, { name: 'day', ...text }];
  const view = {
    originalSql: `select ${names}, day from lines where ${isRecord} union all select ${names}, date as day from months`,
    catalog: 'awsdatacatalog',
    schema: database,
    columns: shown.map(({ name, presto }) => ({ name, type: presto })),
  };
  return {
    database,
    workGroup,
    lines: projected('lines', {
      folder: 'events',
      key: 'day',
      // The site's day may be a day ahead of UTC, which NOW is in.
      projection: {
        type: 'date',
        format: 'yyyy-MM-dd',
        range: `NOW-${days}DAYS,NOW+1DAYS`,
        interval: '1',
        'interval.unit': 'DAYS',
      },
      InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      SerdeInfo: {
        SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe',
        Parameters: { 'ignore.malformed.json': 'TRUE' },
      },
    }),
    months: projected('months', {
      folder: 'months',
      key: 'month',
      projection: { type: 'date', format: 'yyyy-MM', range: '2026-11,NOW', interval: '1', 'interval.unit': 'MONTHS' },
      InputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      OutputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    }),
    events: {
      ...table({
        Name: 'events',
        TableType: 'VIRTUAL_VIEW',
        Parameters: { presto_view: 'true', comment: 'Presto View' },
        StorageDescriptor: { Columns: hive(shown), SerdeInfo: {} },
        ViewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(view)).toString('base64')} */`,
        ViewExpandedText: '/* Presto View */',
      }),
      DependsOn: ['LakeLines', 'LakeMonths'],
    },
  };
};

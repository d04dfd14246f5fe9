/** One number under its name. */
export function Tile({ label, value }: { label: string; value: string }) {
  return (
    <div class="box tile">
      <p class="tile-label is-size-7" title={label}>
        <bdi>{label}</bdi>
      </p>
      <p class="title is-4 number">{value}</p>
    </div>
  );
}

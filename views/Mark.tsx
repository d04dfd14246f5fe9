/** Renders the mark of Footfall. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
    <rect class="mark-ground" width="32" height="32" rx="8" />
    <path d="M12 15v9m8-15v15" />
  </svg>
);

/** A time zone in which it is about noon, so that no midnight comes between two steps of a test. */
export function zoneAtNoon(): string {
  const hoursAhead = 12 - new Date().getUTCHours();
  // In these names the sign is turned round: Etc/GMT-5 is five hours ahead.
  return `Etc/GMT${hoursAhead > 0 ? '-' : '+'}${Math.abs(hoursAhead)}`;
}

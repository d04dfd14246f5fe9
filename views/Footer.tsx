interface Props {
  timeZone: string;
  mayManage: boolean;
  /** The query of the dashboard, which goes with the reader to the other pages. */
  here: string;
}

/** Renders the time zone of the numbers, and the owner's links. */
export function Footer({ timeZone, mayManage, here }: Props) {
  return (
    <>
      <span>Counted by Footfall without cookies. Time zone: {timeZone}.</span>
      {mayManage && (
        <>
          <a href={`install${here}`}>Install</a>
          <a href={`share${here}`}>Share and export</a>
        </>
      )}
    </>
  );
}

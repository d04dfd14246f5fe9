interface Props {
  timeZone: string;
  mayManage: boolean;
  maySignOut: boolean;
}

/** Renders the time zone of the numbers, and the owner's links. */
export function Footer({ timeZone, mayManage, maySignOut }: Props) {
  return (
    <>
      <span>Counted by Footfall without cookies. Time zone: {timeZone}.</span>
      {mayManage && (
        <>
          <a href="install">Install</a>
          <a href="share">Share and export</a>
        </>
      )}
      {maySignOut && (
        <form method="post">
          <button class="as-link" type="submit" name="sign-out" value="1">
            Sign out
          </button>
        </form>
      )}
    </>
  );
}

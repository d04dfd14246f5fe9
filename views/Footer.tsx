interface Props {
  timeZone: string;
  mayManage: boolean;
  maySignOut: boolean;
}

/** What a dashboard ends with: what it was counted by, and where else the owner may go. */
export function Footer({ timeZone, mayManage, maySignOut }: Props) {
  return (
    <>
      <span>Counted by Footfall, without cookies. Days are those of {timeZone}.</span>
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

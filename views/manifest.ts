/** The sizes of the icons in the manifest, in pixels. */
const sizes = [192, 512];

/** The size of the icon that iOS takes for a home screen. */
export const touchIconSize = 180;

/** All sizes of `icon.png`. */
export const iconSizes = [touchIconSize, ...sizes];

export const iconHref = (size: number) => `icon.png?size=${size}`;

/** The manifest for a home screen. Without a start URL, it starts with the page that it was added from. */
export const manifest = JSON.stringify({
  name: 'Footfall',
  display: 'standalone',
  background_color: '#f4f5f8',
  theme_color: '#2f50d2',
  icons: sizes.map((size) => ({
    src: iconHref(size),
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose: 'any maskable',
  })),
});

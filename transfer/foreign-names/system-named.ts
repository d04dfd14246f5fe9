import { systems } from '../../core/collect/audience.ts';
import { unknown } from '../../core/counters/names.ts';
import { nameTable } from './name-table.ts';

const table = nameTable(systems, {
  Android: 'fire os, fireos, lineage os, lineageos, wear os, miui',
  BlackBerry: 'bb10, rim',
  'Chrome OS': 'chromeos, chromium os, cros',
  HarmonyOS: 'harmony, openharmony',
  iOS: 'ipados, iphone, ipad, ipod',
  Linux:
    'gnu linux, ubuntu, debian, fedora, centos, mint, arch, suse, opensuse, red hat, gentoo, kubuntu, raspbian, manjaro',
  macOS: 'mac, macos, macintosh, os x, osx, darwin',
  'PlayStation 4': 'playstation',
  WebOS: 'web os, web0s, lg webos, hp webos',
  Windows: 'win, win10, win7',
  'Windows Phone': 'windows mobile, windows ce',
});

/** Returns the system that another tool names, as a live hit would name it. */
export const systemNamed = (name: string): string => table(name) ?? unknown;

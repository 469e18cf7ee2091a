import { existsSync } from 'node:fs';

/** Chromium carries a driver that emulates a graphics card. */
const DRIVER = '/usr/lib/chromium/vk_swiftshader_icd.json';

/** Lets the tests run on a machine without a graphics card; a driver that is named already stays. */
export function offerSoftwareVulkan(): void {
  if (!existsSync(DRIVER)) return;
  process.env['VK_DRIVER_FILES'] ??= DRIVER;
  process.env['XDG_RUNTIME_DIR'] ??= '/tmp';
}

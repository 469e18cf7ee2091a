import { version } from '../../package.json';

/** Version of FIP Lab. */
export const fipLabVersion: string = version;

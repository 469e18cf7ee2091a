import type { GlyphsData } from '../../../spec/experiment';
import type { Inspector } from './data-finding';

/** Glyphs are drawn, not read: all is known from the spec. */
export const inspectGlyphs: Inspector<GlyphsData> = (data) =>
  Promise.resolve({
    findings: [],
    facts: {
      trainCount: data.train,
      testCount: data.test,
      inputShape: [data.size, data.size],
      largestLabel: 9 + data.label_offset,
      classes: Array.from({ length: 10 }, (_, digit) => digit),
    },
  });

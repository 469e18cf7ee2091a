import type { EChartsCoreOption } from 'echarts/core';
import type { AnyChart } from '../model/charts/chart-model';
import { pathOption, type Look } from './chart-option';
import { planeOption } from './plane-option';

/** A chart of any kind in the words of the chart library. */
export function chartOption(chart: AnyChart, look: Look): EChartsCoreOption {
  return chart.kind === 'path' ? pathOption(chart, look) : planeOption(chart, look);
}

import type { EChartsCoreOption } from 'echarts/core';
import type { AnyChart } from '../model/charts/chart-model';
import { pathOption, type Look } from './chart-option';
import { parallelOption } from './parallel-option';
import { planeOption } from './plane-option';

/** A chart of any kind in the words of the chart library. */
export function chartOption(chart: AnyChart, look: Look): EChartsCoreOption {
  switch (chart.kind) {
    case 'path':
      return pathOption(chart, look);
    case 'plane':
      return planeOption(chart, look);
    case 'parallel':
      return parallelOption(chart, look);
  }
}

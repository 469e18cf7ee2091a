import { CASES, OPERATIONS, type Case, type Operation } from './cases';
import { bestGeneric, median, ratio, type Results, type Timing } from './results';

/** The results as Markdown: the machine, and a table for each network. */
export function report(results: Results): string {
  const contestants = results.contestants.map(
    ({ name, ready, device, threads }) =>
      `- \`${name}\`: ${ready} on ${device}${threads ? `, ${threads} threads` : ''}`,
  );
  const failures = results.failures.map(
    ({ network, operation, contestant, error }) =>
      `- ${contestant}, ${operation} of ${network}: ${error}`,
  );
  return [
    `${results.date}, ${results.machine}.`,
    contestants.join('\n'),
    `**The machine's limit**, a product of two 1024 x 1024 matrices: ${limits(results)}.`,
    ...CASES.flatMap((item) => tableOf(item, results)),
    ...(failures.length > 0 ? [`Could not be done:\n\n${failures.join('\n')}`] : []),
  ].join('\n\n');
}

const WORDS: Record<Operation, string> = {
  matmul: 'matrix product',
  forward: 'forward',
  gradient: 'gradient',
  metric_product: 'metric product g v',
  exact_step: 'exact step',
  adam_step: 'Adam step',
};

function limits({ timings }: Results): string {
  const found = timings.filter(({ operation }) => operation === 'matmul');
  return found
    .map((timing) => `${timing.contestant} ${(2.147 / median(timing.seconds)).toFixed(0)} GFLOP/s`)
    .join(', ');
}

function tableOf({ network, samples, iterations }: Case, results: Results): string[] {
  const timings = results.timings.filter((timing) => timing.network === network);
  if (timings.length === 0) return [];
  const ours = results.contestants.map(({ name }) => name).filter((name) => name !== 'torch');
  const header = ['', ...ours, 'PyTorch, best generic', ...ours.map((name) => `${name} / PyTorch`)];
  const rows = OPERATIONS.filter((operation) => operation !== 'matmul').map((operation) =>
    rowOf(
      WORDS[operation],
      ours,
      timings.filter((timing) => timing.operation === operation),
    ),
  );
  return [
    `**${network}**, N = ${samples}, ${iterations} iterations in the exact step; milliseconds`,
    [header, header.map(() => '---'), ...rows]
      .map((cells) => `| ${cells.join(' | ')} |`)
      .join('\n'),
    ...notes(timings, ours),
  ];
}

function rowOf(words: string, ours: readonly string[], timings: readonly Timing[]) {
  const best = bestGeneric(timings);
  const found = ours.map((name) => timings.find(({ contestant }) => contestant === name));
  const torch = best ? `${milliseconds(best)}${named(best)}` : '';
  const ratios = found.map((timing) => (timing && best ? ratio(timing, best).toFixed(2) : ''));
  return [words, ...found.map((timing) => (timing ? milliseconds(timing) : '')), torch, ...ratios];
}

/** How many forward passes a metric product is, and how the same algorithm fares in PyTorch. */
function notes(timings: readonly Timing[], ours: readonly string[]): string[] {
  const find = (contestant: string, operation: Operation, formulation?: string) =>
    timings.find(
      (timing) =>
        timing.contestant === contestant &&
        timing.operation === operation &&
        (formulation === undefined || timing.formulation === formulation),
    );
  const products = ours.flatMap((name) => {
    const [product, forward] = [find(name, 'metric_product'), find(name, 'forward')];
    return product && forward ? [`${ratio(product, forward).toFixed(1)} on ${name}`] : [];
  });
  const same = find('torch', 'exact_step', 'sample_space');
  const steps = ours.flatMap((name) => {
    const step = find(name, 'exact_step');
    return step && same ? [`${ratio(step, same).toFixed(2)} on ${name}`] : [];
  });
  return [
    `A metric product in forward passes of the same backend: ${products.join(', ')}.`,
    ...(same
      ? [
          `The exact step against our own algorithm written in PyTorch (${milliseconds(same)} ms): ${steps.join(', ')}.`,
        ]
      : []),
  ];
}

function named({ formulation }: Timing): string {
  return formulation === 'torch' ? '' : ` (${formulation})`;
}

function milliseconds({ seconds }: Timing): string {
  return (1000 * median(seconds)).toPrecision(3).replace(/\.?0+e/, 'e');
}

import { normals } from './initialize';
import { ShapeError, type LayerFactory, type ParameterSpec } from './layer';
import { at, shapeText, sizeOf, unary } from './unary';

export interface EmbeddingOptions {
  /** Number of rows: of words, of positions. */
  rows: number;
  width: number;
}

/** Standard deviation of initial embeddings, as BERT and ViT have it. */
const DEVIATION = 0.02;

function table(name: string, shape: readonly number[]): ParameterSpec {
  return { name, shape, role: 'embedding', initialize: normals(shape, DEVIATION) };
}

/** Rows of a table by number: ids [N, L] -> [N, L, width]. No derivative flows into the ids. */
export function embedding({ rows, width }: EmbeddingOptions): LayerFactory {
  return (shape = []) =>
    unary({
      outputShape: [...shape, width],
      parameters: [table('weight', [rows, width])],
      forward: ({ backend }, parameters, ids) => ({
        output: backend.gatherRows(at(parameters, 0), ids),
      }),
      jvpInput: (backend, { output }) => backend.scale(output, 0),
      vjpInput: (backend, { inputs }) => backend.scale(at(inputs, 0), 0),
      weights: {
        jvp: (backend, { inputs }, [tangent]) =>
          backend.gatherRows(at([tangent], 0), at(inputs, 0)),
        vjp: (backend, { inputs }, cotangent) => [
          backend.scatterRows(backend.reshape(cotangent, [-1, width]), at(inputs, 0), rows),
        ],
      },
    });
}

export interface AddedRowsOptions extends EmbeddingOptions {
  /** Name of the table. */
  name: string;
  /** Shape of the table where it is not [rows, width]. */
  shape?: readonly number[];
  /** Whether every position gets the first row, as the first kind of token; else each gets the row of its number. */
  first?: boolean;
}

/** Adds rows of a table to tokens [N, L, width]: learnt positions, or kinds of tokens. */
export function addedRows({ name, rows, width, ...options }: AddedRowsOptions): LayerFactory {
  return (shape = []) => {
    const [length = 0, found] = shape;
    if (found !== width)
      throw new ShapeError(`adds rows of ${width} numbers to ${shapeText(shape)}`);
    const used = options.first ? 1 : length;
    if (used > rows) throw new ShapeError(`has ${rows} positions and is given ${length} tokens`);
    const tableShape = options.shape ?? [rows, width];
    return unary({
      outputShape: shape,
      parameters: [table(name, tableShape)],
      forward: ({ backend }, parameters, x) => {
        const all = backend.reshape(at(parameters, 0), [rows, width]);
        return { output: backend.add(x, backend.slice(all, [0, 0], [used, width])) };
      },
      jvpInput: (_backend, _point, tangent) => tangent,
      vjpInput: (_backend, _point, cotangent) => cotangent,
      weights: {
        jvp(backend, { output }, [tangent]) {
          const all = backend.reshape(at([tangent], 0), [rows, width]);
          const part = backend.slice(all, [0, 0], [used, width]);
          return backend.add(backend.scale(output, 0), part);
        },
        vjp(backend, _point, cotangent) {
          const sums = backend.sum(cotangent, options.first ? [0, 1] : [0]);
          const part = backend.reshape(sums, [used, width]);
          return [
            backend.reshape(
              backend.pad(part, [
                [0, rows - used],
                [0, 0],
              ]),
              tableShape,
            ),
          ];
        },
      },
    });
  };
}

/** Puts a learnt token before the others: [L, width] -> [L + 1, width]. */
export function prependToken(name: string): LayerFactory {
  return (shape = []) => {
    const [length = 0, width = 0] = shape;
    return unary({
      outputShape: [length + 1, width],
      parameters: [table(name, [1, 1, width])],
      forward({ backend }, parameters, x) {
        const samples = x.shape[0] ?? 0;
        const empty = backend.tensor(new Float32Array(samples * width), [samples, 1, width]);
        return { output: backend.concat([backend.add(empty, at(parameters, 0)), x], 1) };
      },
      jvpInput: (backend, _point, tangent) =>
        backend.pad(tangent, [
          [0, 0],
          [1, 0],
          [0, 0],
        ]),
      vjpInput: (backend, _point, cotangent) =>
        backend.slice(cotangent, [0, 1, 0], [-1, length, width]),
      weights: {
        jvp(backend, { output }, [tangent]) {
          const rest = backend.tensor(new Float32Array(length * width), [1, length, width]);
          const row = backend.concat([at([tangent], 0), rest], 1);
          return backend.add(backend.scale(output, 0), row);
        },
        vjp: (backend, _point, cotangent) => [
          backend.sum(backend.slice(cotangent, [0, 0, 0], [-1, 1, width]), [0], true),
        ],
      },
    });
  };
}

/** One token of a sequence: [L, width] -> [width]; or one row of any matrix. */
export function takeRow(index: number): LayerFactory {
  return (shape = []) => {
    const [length = 0, ...rest] = shape;
    const width = sizeOf(rest);
    return unary({
      outputShape: rest,
      forward({ backend }, _parameters, x) {
        const rows = backend.reshape(x, [-1, length, width]);
        const row = backend.slice(rows, [0, index, 0], [-1, 1, width]);
        return { output: backend.reshape(row, [x.shape[0] ?? 0, ...rest]) };
      },
      jvpInput(backend, { output }, tangent) {
        const rows = backend.reshape(tangent, [-1, length, width]);
        return backend.reshape(backend.slice(rows, [0, index, 0], [-1, 1, width]), output.shape);
      },
      vjpInput(backend, { inputs }, cotangent) {
        const row = backend.reshape(cotangent, [-1, 1, width]);
        const rows = backend.pad(row, [
          [0, 0],
          [index, length - 1 - index],
          [0, 0],
        ]);
        return backend.reshape(rows, at(inputs, 0).shape);
      },
    });
  };
}

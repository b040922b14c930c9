/** bench/soak/slopes: whether memory grows. Pure. */
import { median } from '../ratios.mjs';
import { sparedOf } from './chaos.mjs';

/**
 * More than this in the second half of a soak is growth, in MB per minute. RSS sways by 10 MB without any growth, by 50
 * where it holds threads that die and start: it finds only what heap and buffers do not hold.
 */
export const bounds = {
  process: { heap: 0.25, buffers: 1, rss: 4 },
  worker: { heap: 0.25, buffers: 1, rss: 15 },
};

/**
 * The median slope over all pairs of points (Theil and Sen), in MB per minute: one sample that fell into a large
 * request moves it little. `undefined` for fewer than three points.
 */
export function slopeOf(points) {
  if (points.length < 3) return undefined;
  const slopes = points.flatMap((one, index) =>
    points.slice(index + 1).map((other) => ((other.mb - one.mb) / (other.at - one.at)) * 60_000),
  );
  return median(slopes);
}

function rowOf(by, what, { samples, bound }) {
  const points = samples.map(({ at, [what]: mb }) => ({ at, mb }));
  const mb = points.map((point) => point.mb);
  return { by, what, median: median(mb), low: Math.min(...mb), high: Math.max(...mb), slope: slopeOf(points), bound };
}

/**
 * How memory went in the second half, for each node that lived through it all: the manager and the clusters that were
 * spared. Threads share one process: its RSS is the manager's.
 */
export function memoryRows({ samples, mode, clusters, runMs }) {
  const half = samples.filter(({ at }) => at >= runMs / 2);
  const nodes = ['host:local', ...Array.from({ length: sparedOf(clusters) }, (_none, id) => `cluster:${id}`)];
  return nodes.flatMap((by) => {
    const own = half.filter((sample) => sample.by === by);
    if (own.length === 0) return [];
    const kinds = mode === 'process' || by === 'host:local' ? ['heap', 'buffers', 'rss'] : ['heap', 'buffers'];
    return kinds.map((what) => rowOf(by, what, { samples: own, bound: bounds[mode][what] }));
  });
}

/** features/unknown-cluster: a cluster whose numbers are not there, or not all of them. */

/** A cluster that nothing certain is known of, and why. */
export interface UnknownCluster {
  readonly id: number;
  readonly reason: string;
}

/** Of a cluster that reports, and has not all of its guilds yet. */
export const notReadyYet = 'its shards are not all ready yet';

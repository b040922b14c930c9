/** identify/gate: Discord's door. One shard of a bucket may identify per window, whoever asks. */

/** The right of one shard to identify now. */
export interface IdentifyTurn {
  /** To be called when IDENTIFY has left: the window of the bucket starts now. */
  sent(): void;
  /** To be called when the shard died before it used its turn. The window starts all the same: it may have identified. */
  lost(): void;
}

/** Who wants to identify. */
export interface IdentifyRequest {
  readonly shard: number;
  /** `session_start_limit.max_concurrency` of GET /gateway/bot. */
  readonly maxConcurrency: number;
}

/**
 * Hands out turns, first come first served per bucket (`shard % maxConcurrency`).
 *
 * @see https://docs.discord.com/developers/events/gateway#sharding-max-concurrency
 */
export interface IdentifyGate {
  /** Waits for the shard's turn; the place in the queue is given back when `signal` aborts (rejects with its reason). */
  wait(request: IdentifyRequest, signal: AbortSignal): Promise<IdentifyTurn>;
}

import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { SharedCounters } from './shared-counts.ts';

/** Counts in Redis, and the connection to it. */
export interface RedisCounters extends SharedCounters {
  close(): void;
}

/** Milliseconds that Redis has for an answer, and for a connection. */
const patience = 500;

/** Adds to a count unless that would exceed the limit (`ARGV[3]`); tells what it is or would have been. */
const takeScript = `
local count = tonumber(redis.call('get', KEYS[1]) or '0') + tonumber(ARGV[1])
if count <= tonumber(ARGV[3]) then redis.call('set', KEYS[1], count, 'EX', ARGV[2]) end
return {count, redis.call('pttl', KEYS[1])}`;

/**
 * Counts calls in Redis, for several workers or nodes. Without Redis nothing waits: a count fails at once, and the
 * connection is tried again in the background.
 * @param url `redis://…` or `rediss://…`
 * @throws TypeError at once for another URL; Error if the package ioredis is not installed
 */
export async function openRedisCounters(url: string): Promise<RedisCounters> {
  if (!/^rediss?:\/\//.test(url)) throw new TypeError('The address of Redis must begin with redis:// or rediss://');
  const client = await connect(url);
  const limiters = new Map<number, RateLimiterRedis>();
  const limiter = (limit: number): RateLimiterRedis => {
    let found = limiters.get(limit);
    if (found === undefined) {
      found = new RateLimiterRedis({
        storeClient: client,
        keyPrefix: 'polywire',
        points: limit,
        duration: 60,
        rejectIfRedisNotReady: true,
        customIncrTtlLuaScript: takeScript,
      });
      limiters.set(limit, found);
    }
    return found;
  };
  return {
    take: (name, amount, limit, expires) => take(limiter(limit), name, amount, expires),
    close: () => client.disconnect(),
  };
}

async function take(
  limiter: RateLimiterRedis,
  name: string,
  amount: number,
  expires: number,
): Promise<{ readonly taken: boolean; readonly count: number }> {
  const customDuration = Math.max(1, Math.ceil((expires - Date.now()) / 1_000));
  try {
    const { consumedPoints } = await limiter.consume(name, amount, { customDuration });
    return { taken: true, count: consumedPoints };
  } catch (reason) {
    if (!(reason instanceof RateLimiterRes)) throw reason;
    return { taken: false, count: reason.consumedPoints - amount };
  }
}

/** Connects in the background; a command that finds no connection fails instead of waiting for one. */
async function connect(url: string) {
  const { Redis } = await import('ioredis').catch((cause: unknown) => {
    throw new Error('Counting calls in Redis needs the package ioredis: npm install ioredis', { cause });
  });
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    commandTimeout: patience,
    connectTimeout: 10 * patience,
    retryStrategy: (attempt) => Math.min(attempt * 100, 1_000),
  });
  client.on('error', () => {}); // a count that fails tells of it
  return client;
}

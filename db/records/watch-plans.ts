import { z } from 'zod';
import { watchJudgementSchema, watchLookSchema } from '../../diagnosis/uploads/watch-point.ts';
import { phoneSchema } from '../../native/phone.ts';
import type { Connection } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';
import { rememberPhone } from './phones.ts';
import { mostWatchDays } from './watch-span.ts';

/** One look at a watched phone, and what it proves. Nothing of it is ever changed or removed. */
export const watchPointSchema = z.object({
  /** UTC, ISO 8601. */
  at: z.string(),
  /** What brought the look about. */
  occasion: z.enum(['plugged-in', 'scan', 'test-photo']),
  /** null for a test photo, which is its own proof. */
  look: watchLookSchema.nullable(),
  judgement: watchJudgementSchema,
  /** What was corrected and is not so any more, by title. */
  drifted: z.array(z.string()),
});
export type WatchPoint = z.infer<typeof watchPointSchema>;

const watchDays = z.int().min(1).max(mostWatchDays);

const fields = {
  app: z.string(),
  /** How long it is to be watched. */
  days: watchDays,
  /** So many good days in a row, and the matter counts as resolved. */
  goodDays: watchDays,
  who: z.string(),
};

/** An app of a phone that is watched over days. */
export const watchPlanSchema = z.object({
  /** From 1. */
  id: z.int(),
  /** Id of the phone. */
  phone: z.string(),
  ...fields,
  /** UTC, ISO 8601, like the other. */
  startedAt: z.string(),
  /** null as long as it runs. */
  endedAt: z.string().nullable(),
  /** In the order of time. */
  points: z.array(watchPointSchema),
});
export type WatchPlan = z.infer<typeof watchPlanSchema>;

export const newWatchPlanSchema = z.object({ phone: phoneSchema, ...fields });
export type NewWatchPlan = z.infer<typeof newWatchPlanSchema>;

const row = watchPlanSchema.extend({ points: jsonColumn(z.array(watchPointSchema)) });

/** Plans of one phone or of all, with what was seen, the latest first. */
export const listWatchPlans = (connection: Connection, phone?: string): WatchPlan[] =>
  connection.rows(
    row,
    `SELECT id, phone, app, days, good_days AS goodDays, who, started_at AS startedAt, watch_end.at AS endedAt,
            (SELECT json_group_array(json(detail_json) ORDER BY id) FROM watch_point
             WHERE watch_point.watch_plan = watch_plan.id) AS points
     FROM watch_plan LEFT JOIN watch_end ON watch_end.watch_plan = watch_plan.id
     WHERE $phone IS NULL OR phone = $phone ORDER BY id DESC`,
    { phone: phone ?? null },
  );

/** Returns the id. */
export function startWatchPlan(connection: Connection, plan: NewWatchPlan): number {
  const { phone, ...rest } = newWatchPlanSchema.parse(plan);
  const startedAt = connection.now();
  return connection.transaction(() => {
    const phoneId = rememberPhone(connection, phone, startedAt);
    return connection.run(
      `INSERT INTO watch_plan (phone, app, days, good_days, who, started_at)
       VALUES ($phone, $app, $days, $goodDays, $who, $startedAt)`,
      { ...rest, phone: phoneId, startedAt },
    );
  });
}

export function addWatchPoint(connection: Connection, plan: number, point: WatchPoint): void {
  const kept = watchPointSchema.parse(point);
  connection.requireInPlace();
  connection.run(
    'INSERT INTO watch_point (watch_plan, at, outcome, detail_json) VALUES ($plan, $at, $outcome, $detail)',
    {
      plan,
      at: kept.at,
      outcome: kept.judgement.outcome,
      detail: JSON.stringify(kept),
    },
  );
}

/** Nothing happens where it has ended already. */
export function endWatchPlan(connection: Connection, plan: number): void {
  const at = connection.now();
  connection.transaction(() => {
    if (connection.row(z.unknown(), 'SELECT 1 FROM watch_end WHERE watch_plan = $plan', { plan }) !== null) return;
    connection.run('INSERT INTO watch_end (watch_plan, at) VALUES ($plan, $at)', { plan, at });
  });
}

import { z } from 'zod';
import type { Connection } from './connection.ts';
import { jsonColumn } from './json-column.ts';
import { rememberPhone } from './phones.ts';
import {
  newWatchPlanSchema,
  watchPlanSchema,
  watchPointSchema,
  type NewWatchPlan,
  type WatchPlan,
  type WatchPoint,
} from './watch-plan.ts';

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
    rememberPhone(connection, phone, startedAt);
    return connection.run(
      `INSERT INTO watch_plan (phone, app, days, good_days, who, started_at)
       VALUES ($phone, $app, $days, $goodDays, $who, $startedAt)`,
      { ...rest, phone: phone.id, startedAt },
    );
  });
}

export function addWatchPoint(connection: Connection, plan: number, point: WatchPoint): void {
  const kept = watchPointSchema.parse(point);
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

import { z } from 'zod';
import { phoneSchema } from '../../native/phone.ts';
import type { Connection } from '../connection.ts';
import { jsonColumn } from '../json-column.ts';
import { rememberPhone } from './phones.ts';

export const newChoiceSchema = z.object({
  phone: phoneSchema,
  /** Ids of apps; empty: what shows use decides again. */
  apps: z.array(z.string()),
  who: z.string(),
});
export type NewChoice = z.infer<typeof newChoiceSchema>;

const row = z.object({ apps: jsonColumn(z.array(z.string())) });

/** The apps that a person chose for a phone; empty where nobody did. */
export const chosenApps = (connection: Connection, phone: string): string[] =>
  connection.row(row, 'SELECT apps_json AS apps FROM chosen_apps WHERE phone = $phone ORDER BY id DESC LIMIT 1', {
    phone,
  })?.apps ?? [];

/** Keeps which apps should keep the photos of a phone. */
export function chooseApps(connection: Connection, choice: NewChoice): void {
  const { phone, apps, who } = newChoiceSchema.parse(choice);
  const chosenAt = connection.now();
  connection.transaction(() => {
    const phoneId = rememberPhone(connection, phone, chosenAt);
    connection.run(
      'INSERT INTO chosen_apps (phone, apps_json, who, chosen_at) VALUES ($phone, $apps, $who, $chosenAt)',
      {
        phone: phoneId,
        apps: JSON.stringify(apps),
        who,
        chosenAt,
      },
    );
  });
}

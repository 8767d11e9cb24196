import { handoverJsonSchema } from '../ticket-systems/json-schema.ts';

/** Prints the schema of the hook: `node test/tables/handover-schema.ts > docs/handover.schema.json` */
console.log(JSON.stringify(handoverJsonSchema(), null, 2));

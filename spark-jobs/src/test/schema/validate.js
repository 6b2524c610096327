// Compiles JSON Schemas with ajv in strict mode and validates files with them; prints what is wrong, a line each.
// usage: AJV=<folder of the package> node validate.js < [{"schema": {...}, "files": [{"name": ..., "content": ...}]}]
'use strict';
const Ajv = require(`${process.env.AJV}/dist/2020`);
const jobs = JSON.parse(require('fs').readFileSync(0, 'utf8'));
for (const job of jobs) {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(job.schema);
  for (const file of job.files) {
    if (!validate(file.content)) {
      for (const error of validate.errors) console.log(`${file.name}: ${error.instancePath} ${error.message}`);
    }
  }
}

import { Ajv } from 'ajv/dist/jtd.js'

// The CSAF validator creates 69 instances of Ajv while it is loaded, each for a schema that never changes. Each
// instance would first compile the schema of schemas to check its own schema, which takes ten seconds in total.
Ajv.prototype.validateSchema = () => true

import { Ajv } from 'ajv/dist/jtd.js'

// The CSAF validator creates 69 instances of Ajv, each for a schema that never changes. Each would check its own schema
// first, which takes ten seconds in total.
Ajv.prototype.validateSchema = () => true

import { resolve } from 'node:path'
import type { PublishConfig } from '../config.ts'
import type { Problem } from '../problems/problem.ts'
import { apiUrlProblems } from './api-url.ts'
import type { VariableName, Variables } from './variables.ts'

export type PublishReading = { readonly publish?: PublishConfig; readonly problems: readonly Problem[] }

/** Reads the folder into which publications are written as files, and the addresses of the package registries. */
export function publishOf(variables: Variables, cwd: string): PublishReading {
  const folder = variables.get('EMBARGO_PUBLISH_FOLDER')
  const served = addressOf(variables, 'EMBARGO_PUBLISH_URL', 'no links')
  const npm = addressOf(variables, 'EMBARGO_NPM_API_URL', 'https://registry.npmjs.org')
  const pypi = addressOf(variables, 'EMBARGO_PYPI_API_URL', 'https://pypi.org')
  const registries = {
    ...(npm.url === undefined ? {} : { npm: npm.url }),
    ...(pypi.url === undefined ? {} : { pypi: pypi.url }),
  }
  const publish = {
    ...(folder === undefined ? {} : { folder: resolve(cwd, folder) }),
    ...(served.url === undefined ? {} : { url: `${served.url}/` }),
    ...(Object.keys(registries).length === 0 ? {} : { registries }),
  }
  const problems = [...served.problems, ...npm.problems, ...pypi.problems]
  return Object.keys(publish).length === 0 ? { problems } : { publish, problems }
}

type AddressReading = { readonly url?: string; readonly problems: readonly Problem[] }

/** The address in a variable, without a slash at its end. */
function addressOf(variables: Variables, name: VariableName, usual: string): AddressReading {
  const written = variables.get(name)
  if (written === undefined) return { problems: [] }
  const problems = apiUrlProblems({ name, written, usual })
  return problems.length > 0 ? { problems } : { url: written.replace(/\/+$/u, ''), problems }
}

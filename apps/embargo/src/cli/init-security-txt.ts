import { securityTxt, securityTxtExpires } from '@embargo/engine'
import type { CliContext } from './context.ts'
import { CliError } from './output.ts'

/** Prints the `security.txt` of a project, and says where to put it and until when it is valid. */
export function initSecurityTxt([id, ...more]: readonly string[], { config, output }: CliContext): number {
  const { projects } = config().policy.policy
  const project = id === undefined ? projects[0] : projects.find((one) => one.id === id)
  if (project === undefined || more.length > 0 || (id === undefined && projects.length > 1))
    throw new CliError(`Name one project: ${projects.map((one) => one.id).join(', ')}.`)
  const now = Date.now()
  output.out(securityTxt({ address: project.address, now, records: project.publisher?.records }).trimEnd())
  output.err('Put it on your website as /.well-known/security.txt.')
  output.err(`It is valid until ${securityTxtExpires(now).slice(0, 10)}. Write it again before that day.`)
  return 0
}

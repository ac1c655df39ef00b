/** Reads `number` from the option `--<name>=<number>` of the command line; `otherwise` if the option is missing. */
export function numberOption(name: string, otherwise: number): number {
  const written = process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
  return written === undefined ? otherwise : Number(written)
}

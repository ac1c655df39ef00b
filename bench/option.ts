/** The number in the command-line option `--<name>=<number>`. If the option is missing, the value of `otherwise`. */
export function numberOption(name: string, otherwise: number): number {
  const written = process.argv.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1]
  return written === undefined ? otherwise : Number(written)
}

/** Values that must survive a restart and are in no event. Values are sealed; names are plain. */
export type Settings = {
  /** Reads a value. Undefined if no value was written, or the value cannot be read. */
  read(name: string): Promise<unknown>
  write(name: string, value: unknown): Promise<void>
}

// A stand-in for the parser: the mail "kill" does to it what a hostile mail may do to the real one.
process.on('message', ({ raw }: { readonly raw: Uint8Array }) => {
  if (new TextDecoder().decode(raw) === 'kill') {
    process.exit(3)
  }
  process.send?.({ is: 'parsed', mail: { subject: 'fine' } })
})
process.send?.({ is: 'ready' })

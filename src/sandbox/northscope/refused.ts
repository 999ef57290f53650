/** Thrown when NorthScope says no; the message is the response's Error. Nothing has been changed by then. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

/** iSync's own no, told in ResponseText and never as a SOAP fault. Nothing has been changed by then. */
export class Refused extends Error {
  override readonly name = 'Refused';
}

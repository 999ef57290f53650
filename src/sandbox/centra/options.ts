/** Where the vendor's documents leave a choice (docs/vendors/centra.md#what-its-documents-leave-open). */
export interface CentraOptions {
  /** How a bad login is refused: by a SOAP Fault, or by `success` false. @default fault */
  readonly badLogin: 'fault' | 'result';
  /** A successful update's answer: `result`, or the generated reference's bare `OK`. @default result */
  readonly updateReply: 'result' | 'reference';
  /** Whether one refused record keeps the others of its call from being stored. @default all-or-nothing */
  readonly batch: 'all-or-nothing' | 'partial';
  /** Whether what an update changed raises an event as what people change does. @default true */
  readonly echo: boolean;
  /** Whether an event shows the record as it is now or as it was when the event was raised. @default current */
  readonly eventData: 'current' | 'as raised';
  /** `event/date` without a zone as captured, or with an offset as the reference has it. @default local */
  readonly eventDates: 'local' | 'offset';
  /** Whether a retail order has a shipment of Centra's own from the start. @default false */
  readonly automaticShipments: boolean;
  /** Whether the payment provider says no to every capture. @default false */
  readonly declinesCapture: boolean;
  /** Whether `locked` also keeps people from cancelling. @default false */
  readonly lockBlocksPeople: boolean;
  /** Whether a status may not go back, from `completed` to `processing`. @default true */
  readonly refusesStatusBack: boolean;
  /** Whether elements outside the endpoint's namespace go unseen. @default true */
  readonly strictNamespaces: boolean;
  /** Whether orders carry an element no WSDL knows: new fields may appear at any time. @default false */
  readonly newFields: boolean;
  /** The clock behind dates. */
  readonly now: () => Date;
}

export const defaultOptions: CentraOptions = {
  badLogin: 'fault',
  updateReply: 'result',
  batch: 'all-or-nothing',
  echo: true,
  eventData: 'current',
  eventDates: 'local',
  automaticShipments: false,
  declinesCapture: false,
  lockBlocksPeople: false,
  refusesStatusBack: true,
  strictNamespaces: true,
  newFields: false,
  now: () => new Date(),
};

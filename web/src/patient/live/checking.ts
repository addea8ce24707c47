// What the file of the checks holds.
export { Check } from './screens/check';
export { CheckRun } from './check-run';
export { prepareInternet } from './internet-run';

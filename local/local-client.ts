import { readRequestTimeout } from '../config/function-settings.ts';
import { dynamoClient, standard } from '../store/client.ts';

/** Returns a client of the database that the environment names, in its time. */
export const localClient = () => dynamoClient(standard(readRequestTimeout(process.env)));

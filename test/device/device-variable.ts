/** Names the phone that the suite `device` is run on; without it there is no such suite. */
export const deviceVariable = 'PHONE_HEALTH_TEST_PHONE';

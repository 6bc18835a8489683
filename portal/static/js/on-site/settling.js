// Where on the server what is held is settled.
export const settleAddress = (review) => `/reviews/${review.id}/on-site`;

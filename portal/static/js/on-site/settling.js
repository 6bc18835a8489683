// Where on the server what is held is settled.
export const settleAddress = (review) => `/external-reviews/${review.id}/on-site`;

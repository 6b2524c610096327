/** An algorithm of a user's own. Start at {@link org.example.algorithm.SingleLoopPbrl}. */
package org.example.algorithm;

/** A problem of a user's own. Start at {@link org.example.maintenance.MaintenanceProblem}. */
package org.example.maintenance;

"""Forms of the care room. What a service objects to is added to them by `kernel.faults.faults_on`."""

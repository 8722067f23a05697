"""What worries us. Plain Python; reads the questionnaire's answers and nothing else."""

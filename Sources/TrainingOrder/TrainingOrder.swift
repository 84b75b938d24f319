// TrainingOrder

// TokenDataset
